import type { Page } from 'playwright/test';

/** Where text may end in an ellipsis or a list scroll by itself: whole elsewhere, or in a title. */
const mayBeCut = [
  '.unseen',
  '.copy-text',
  '.raw-lines',
  '.spark-level',
  '.name',
  '.change-phrase',
  '.quality-pair > *',
  '.reason',
];

/**
 * Elements whose content is wider than they are: what it has reaches beyond them, is cut off, or takes a
 * scroll bar. The page itself may not scroll sideways either.
 */
export async function overflowing(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate(
    ([root, allowed]) => {
      const elements = [...document.querySelectorAll<HTMLElement>(`${root}, ${root} *`)];
      return elements
        .filter((element) => element instanceof HTMLElement)
        .filter((element) => element.closest(allowed ?? '') === null)
        .filter((element) => {
          const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
          // the rows of lists have a fixed height
          const isTooHigh = element.matches('.row, .grid-head') && scrollHeight > clientHeight + 1;
          return isTooHigh || (clientWidth > 0 && scrollWidth > clientWidth + 1);
        })
        .map((element) => {
          const { tagName, className, scrollWidth, clientWidth, scrollHeight, clientHeight } =
            element;
          const text = element.textContent?.slice(0, 30).trim();
          return `${tagName}.${className}: ${scrollWidth} × ${scrollHeight} in ${clientWidth} × ${clientHeight} (${text})`;
        });
    },
    [within, mayBeCut.join(', ')],
  );
}
