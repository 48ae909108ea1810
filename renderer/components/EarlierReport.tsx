import { Button } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { memo, useRef } from 'react';
import { compareWithEarlier } from '../diffing.js';

/** Chooses a report that was saved before, to see what changed since. */
export const EarlierReport = memo(function EarlierReport() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        leftSection={<IconGitCompare size={15} stroke={1.6} />}
        title="Compare with an earlier report, saved as HTML or JSON"
        onClick={() => input.current?.click()}
      >
        Earlier report…
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".html,.json"
        data-testid="earlier-report"
        aria-label="Earlier report"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // the same file may be chosen again
          currentTarget.value = '';
          if (file !== undefined) void compareWithEarlier(file);
        }}
      />
    </>
  );
});
