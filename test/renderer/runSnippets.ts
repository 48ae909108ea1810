import { spawnSync } from 'node:child_process';

/** What one snippet printed: label and number by line, or why it failed. */
export type Outcome = { printed: [string, number][] } | { error: string };

/** Of a Python package; null where there is none. */
export function versionOf(name: 'scipy' | 'pyarrow'): string | null {
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', `import ${name}; print(${name}.__version__)`],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? stdout.trim() : null;
}

/** Runs snippets one after the other in one process; what several start with alike, reading a column, is run once. */
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

const driver = String.raw`
import contextlib, csv, io, json, sys

parse, parsed, read = csv.reader, {}, {}

def reader(file, **dialect):
    key = (getattr(file, "name", None), str(dialect))
    if key not in parsed:
        parsed[key] = list(parse(file, **dialect))
    return iter(parsed[key])

def names_after(start):
    if start not in read:
        names = {"__name__": "__main__"}
        exec(compile(start, "snippet", "exec"), names)
        read[start] = names
    return dict(read[start])

def run(snippet):
    out = io.StringIO()
    # many snippets start alike, by reading the same column
    start, mark, rest = snippet.partition('''"not the report's values"\n''')
    try:
        with contextlib.redirect_stdout(out):
            names = names_after(start + mark) if mark else {"__name__": "__main__"}
            exec(compile(rest if mark else snippet, "snippet", "exec"), names)
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if "nan" in out.getvalue().split():
        return {"error": f"prints {out.getvalue()}"}
    lines = [line.rsplit(" ", 1) for line in out.getvalue().splitlines()]
    return {"printed": [[label, float(value)] for label, value in lines]}

csv.reader = reader
json.dump([run(snippet) for snippet in json.load(sys.stdin)], sys.stdout)
`;
