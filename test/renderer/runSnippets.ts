import { spawnSync } from 'node:child_process';

/** Python, and the folder that it is run in. */
export interface Snippet {
  code: string;
  folder: string;
}

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
export function runSnippets(snippets: Snippet[]): Outcome[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-W', 'ignore', '-c', driver], {
    input: JSON.stringify(snippets),
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Outcome[];
}

const driver = String.raw`
import contextlib, csv, io, json, os, sys

parse, parsed, read = csv.reader, {}, {}

def reader(file, **dialect):
    if not hasattr(file, "name"):
        return parse(file, **dialect)
    key = (os.getcwd(), file.name, file.encoding, str(dialect))
    if key not in parsed:
        parsed[key] = list(parse(file, **dialect))
    return iter(parsed[key])

def names_after(start):
    key = (os.getcwd(), start)
    if key not in read:
        names = {"__name__": "__main__"}
        exec(compile(start, "snippet", "exec"), names)
        read[key] = names
    return dict(read[key])

def run(snippet):
    out = io.StringIO()
    os.chdir(snippet["folder"])
    # many snippets start alike, by reading the same column
    start, mark, rest = snippet["code"].partition('''"not the report's values"\n''')
    try:
        with contextlib.redirect_stdout(out):
            names = names_after(start + mark) if mark else {"__name__": "__main__"}
            exec(compile(rest if mark else snippet["code"], "snippet", "exec"), names)
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if "nan" in out.getvalue().split():
        return {"error": f"prints {out.getvalue()}"}
    lines = [line.rsplit(" ", 1) for line in out.getvalue().splitlines()]
    return {"printed": [[label, float(value)] for label, value in lines]}

csv.reader = reader
json.dump([run(snippet) for snippet in json.load(sys.stdin)], sys.stdout)
`;
