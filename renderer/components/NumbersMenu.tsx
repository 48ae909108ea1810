import { ActionIcon, Menu } from '@mantine/core';
import { IconDecimal } from '@tabler/icons-react';
import { type ConventionId, conventionIds, conventionOf } from '../conventions.js';
import { chooseConvention, useWriting } from '../writing.js';

const names = {
  plain: 'International',
  browser: 'As the browser has it',
  'en-US': 'English (US)',
  'en-GB': 'English (UK)',
  'de-DE': 'Deutsch',
  'fr-FR': 'Français',
} satisfies Record<ConventionId, string>;

/** How numbers and dates are written on screen; the reader's choice, which no export takes along. */
export function NumbersMenu() {
  const chosen = useWriting(({ convention }) => convention);
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon
          aria-label="Numbers and dates"
          title="Numbers and dates"
          data-testid="open-numbers"
        >
          <IconDecimal size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Numbers and dates</Menu.Label>
        {conventionIds.map((id) => (
          <Menu.RadioItem
            key={id}
            value={id}
            checked={id === chosen}
            closeMenuOnClick
            data-testid={`numbers-${id}`}
            onClick={() => chooseConvention(id)}
          >
            {names[id]}
            <span className="menu-note">{example(id)}</span>
          </Menu.RadioItem>
        ))}
        <p className="menu-foot">CSV, JSON and code keep the point and ISO dates.</p>
      </Menu.Dropdown>
    </Menu>
  );
}

function example(id: ConventionId): string {
  const { decimal, thousands, date } = conventionOf(id);
  return `1${thousands}234${decimal}5 · ${date('2026-01-31')}`;
}
