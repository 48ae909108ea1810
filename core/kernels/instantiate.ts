/** A kernel's functions, and its memory, whose buffer is another one once it has grown. */
export type Kernel<Exports> = Exports & { readonly memory: { readonly buffer: ArrayBuffer } };

interface Engine {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
}

/** Which TypeScript knows of browsers only. */
const { WebAssembly } = globalThis as unknown as { WebAssembly: Engine };

/**
 * Makes instances of a kernel that the build compiled, each with memory of its own. Unlike JavaScript's, such loops are
 * compiled once and for all, whatever they are given.
 *
 * @param base64 - of a module of `built`
 */
export function kernelOf<Exports>(base64: string): () => Kernel<Exports> {
  let module: object | null = null;
  return () => {
    module ??= new WebAssembly.Module(Buffer.from(base64, 'base64'));
    return new WebAssembly.Instance(module).exports as Kernel<Exports>;
  };
}
