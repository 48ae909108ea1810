import { z } from 'zod';

/** What the preload sends to the main process. */

const openFiles = z.undefined();
const saveFile = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\]+$/),
  bytes: z.instanceof(Uint8Array),
});

export const menuCommands = ['open', 'export-html', 'export-json'] as const;
export type MenuCommand = (typeof menuCommands)[number];

export const parseOpenFiles = (body: unknown) => openFiles.parse(body);
export const parseSaveFile = (body: unknown) => saveFile.parse(body);
