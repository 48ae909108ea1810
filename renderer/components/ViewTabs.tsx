import { useEffect } from 'react';
import { startRoute, type View } from '../route.js';
import { go, useStore } from '../store.js';

const tabs: { view: 'overview' | 'quality'; label: string; key: string }[] = [
  { view: 'overview', label: 'Overview', key: '1' },
  { view: 'quality', label: 'Schema and quality', key: '2' },
];

/** The views of a report, also by their digits. */
export function ViewTabs({ view }: { view: View }) {
  const listView = useStore((state) => state.listView);
  const current = view === 'column' ? listView : view;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const tab = tabs.find(({ key }) => key === event.key);
      if (tab !== undefined) open(tab.view);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <nav className="tabs" aria-label="Views of the report">
      {tabs.map((tab) => (
        <button
          key={tab.view}
          type="button"
          className="tab"
          data-testid={`tab-${tab.view}`}
          title={`${tab.label} (${tab.key})`}
          aria-current={tab.view === current ? 'page' : undefined}
          onClick={() => open(tab.view)}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  );
}

/** Each view with its own filters. */
function open(view: 'overview' | 'quality'): void {
  const { route } = useStore.getState();
  if (route.view === view) return;
  useStore.setState({ listView: view });
  const { traits, search } = startRoute;
  go({ view, column: null, search, ...(view === 'overview' && { traits }) });
}

/** A field, a menu and a sheet have the digits for themselves. */
function isTaken(target: EventTarget | null): boolean {
  const owners = 'input:not([type=radio]), select, textarea, [role=menu], dialog';
  return target instanceof Element && target.closest(owners) !== null;
}
