import type { Page } from 'playwright/test';

/** The share of points of two pictures that look different; 1 where their sizes differ. */
export async function difference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const points = await Promise.all(
        pictures.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
        }),
      );
      const [first, second] = points as [Uint8ClampedArray, Uint8ClampedArray];
      if (first.length !== second.length) return 1;
      let differentCount = 0;
      for (let at = 0; at < first.length; at += 4) {
        const gap = [0, 1, 2].map((i) => Math.abs((first[at + i] ?? 0) - (second[at + i] ?? 0)));
        if (Math.max(...gap) > 40) differentCount++;
      }
      return differentCount / (first.length / 4);
    },
    [one.toString('base64'), other.toString('base64')],
  );
}
