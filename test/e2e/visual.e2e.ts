import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'playwright/test';
import {
  fontsOf,
  openSample,
  recordFile,
  schemes,
  showView,
  snapshotFile,
  takeSmall,
  views,
  widths,
} from '../snapshots.js';
import { test } from './app.js';
import { difference } from './difference.js';

/** The share of points that may look different: edges of letters, and no more. */
const mostDifferent = 0.01;

for (const scheme of schemes)
  for (const [width, height] of widths)
    test(`every view looks as recorded: ${scheme}, ${width} wide`, async ({
      browser,
      page,
      serve,
    }) => {
      test.slow();
      test.skip(!existsSync(recordFile), 'no snapshots are recorded: npm run snapshots');
      const recorded = JSON.parse(readFileSync(recordFile, 'utf8')) as { fonts: string };
      const fonts = await fontsOf(page);
      test.skip(
        fonts !== recorded.fonts,
        `the fonts or the browser differ from those recorded (${recorded.fonts}; here ${fonts})`,
      );
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
      });
      const shown = await context.newPage();
      await openSample(shown, await serve());
      for (const view of views) {
        await showView(shown, view);
        const name = snapshotFile(view, width, scheme);
        const recordedView = readFileSync(name);
        // on a busy machine the last chart may come late
        await expect
          .poll(
            async () => {
              const share = await difference(page, recordedView, await takeSmall(shown));
              if (share >= mostDifferent) await showView(shown, view);
              return share;
            },
            { message: `${view}: ${name}`, timeout: 20_000 },
          )
          .toBeLessThan(mostDifferent);
      }
      await context.close();
    });
