import { Button, CloseButton, Menu, TextInput } from '@mantine/core';
import { IconAdjustments, IconArrowsSort, IconFilter, IconSearch } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import type { Kind } from '../../core/contract.js';
import { formatCount, formatCounted } from '../format.js';
import { allKinds, type Route, type SortKey, sortKeys } from '../route.js';
import { adjust, go } from '../store.js';
import { startsDescending } from '../useFindings.js';
import { EarlierReport } from './EarlierReport.js';
import { KindIcon } from './KindIcon.js';
import { UndoButtons } from './UndoButtons.js';

const sortWords = {
  rank: 'rank',
  name: 'name',
  kind: 'kind',
  effect: 'effect ÷ limit',
  missing: 'change of missing',
  selected: 'difference in the selection',
} satisfies Record<SortKey, string>;

/** Search, kinds and order of the list. `/` goes to the search. */
export function ListToolbar({
  route,
  shownCount,
  totalCount,
  onOptions,
}: {
  route: Route;
  shownCount: number;
  totalCount: number;
  /** Null where nothing can run again. */
  onOptions: (() => void) | null;
}) {
  const search = useSlash();
  const isNarrowed = shownCount !== totalCount;
  return (
    <div className="toolbar">
      <TextInput
        ref={search}
        className="search"
        aria-label="Search columns by name"
        placeholder="Search columns  ( / )"
        leftSection={<IconSearch size={15} stroke={1.6} />}
        rightSection={
          route.search !== '' && (
            <CloseButton
              size="xs"
              aria-label="Clear the search"
              onClick={() => adjust({ search: '' })}
            />
          )
        }
        value={route.search}
        onChange={(event) => adjust({ search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          adjust({ search: '' });
          event.currentTarget.blur();
        }}
      />
      <KindMenu kinds={route.kinds} />
      <SortMenu sort={route.sort} hasSelection={route.selection !== null} />
      {onOptions !== null && (
        <Button
          data-testid="open-options"
          aria-haspopup="dialog"
          leftSection={<IconAdjustments size={15} stroke={1.6} />}
          onClick={onOptions}
        >
          Options…
        </Button>
      )}
      <UndoButtons />
      <EarlierReport />
      <span className="spring" />
      <span className="quiet" role="status">
        {isNarrowed
          ? `${formatCount(shownCount)} of ${formatCount(totalCount)} columns`
          : formatCounted(totalCount, 'column')}
      </span>
      {isNarrowed && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => go({ verdicts: [], kinds: [], search: '', channel: null, group: null })}
        >
          Show all
        </Button>
      )}
    </div>
  );
}

/** As all that follows: a key in the search field leaves it alone. */
const KindMenu = memo(function KindMenu({ kinds }: { kinds: Kind[] }) {
  const toggle = (kind: Kind) =>
    go({ kinds: kinds.includes(kind) ? kinds.filter((k) => k !== kind) : [...kinds, kind] });
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button leftSection={<IconFilter size={15} stroke={1.6} />} data-active={kinds.length > 0}>
          {kinds.length === 0 ? 'All kinds' : kinds.join(', ')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {allKinds.map((kind) => (
          <Menu.CheckboxItem
            key={kind}
            checked={kinds.includes(kind)}
            rightSection={<KindIcon kind={kind} />}
            onChange={() => toggle(kind)}
          >
            {kind}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

const SortMenu = memo(function SortMenu({
  sort,
  hasSelection,
}: {
  sort: SortKey;
  hasSelection: boolean;
}) {
  const offered = sortKeys.filter((key) => key !== 'selected' || hasSelection);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          leftSection={<IconArrowsSort size={15} stroke={1.6} />}
          data-active={sort !== 'rank'}
        >
          By {sortWords[sort]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((key) => (
          <Menu.RadioItem
            key={key}
            value={key}
            checked={key === sort}
            closeMenuOnClick
            onClick={() => go({ sort: key, descending: startsDescending(key) })}
          >
            {sortWords[key]}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
});

function useSlash() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return input;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
