import { spawnSync } from 'node:child_process';

/** What one snippet printed: label and number by line, or why it failed. */
export type Outcome = { printed: [string, number][] } | { error: string };

/** Null where there is no Python with SciPy. */
export function scipyVersion(): string | null {
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', 'import scipy; print(scipy.__version__)'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? stdout.trim() : null;
}

/** Runs snippets one after the other in one process, each with names of its own. Each file is parsed once. */
export function runSnippets(snippets: string[], folder: string): Outcome[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-W', 'ignore', '-c', driver], {
    cwd: folder,
    input: JSON.stringify(snippets),
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Outcome[];
}

const driver = `
import contextlib, csv, io, json, sys

parse, parsed = csv.reader, {}

def reader(file, **dialect):
    key = (getattr(file, "name", None), str(dialect))
    if key not in parsed:
        parsed[key] = list(parse(file, **dialect))
    return iter(parsed[key])

def run(snippet):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(snippet, "snippet", "exec"), {"__name__": "__main__"})
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    lines = [line.rsplit(" ", 1) for line in out.getvalue().splitlines()]
    return {"printed": [[label, float(value)] for label, value in lines]}

csv.reader = reader
json.dump([run(snippet) for snippet in json.load(sys.stdin)], sys.stdout)
`;
