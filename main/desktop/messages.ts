import { z } from 'zod';

/** What the preload sends to the main process. */

const openFiles = z.undefined();
const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\]+$/);
const saveFile = z.strictObject({ name, bytes: z.instanceof(Uint8Array) });
const savePdf = z.strictObject({ name });

export const menuCommands = ['open', 'export-html', 'export-json'] as const;
export type MenuCommand = (typeof menuCommands)[number];

export const parseOpenFiles = (body: unknown) => openFiles.parse(body);
export const parseSaveFile = (body: unknown) => saveFile.parse(body);
export const parseSavePdf = (body: unknown) => savePdf.parse(body);
