import { ActionIcon, Button, createTheme, Menu, TextInput } from '@mantine/core';

/** Colours, radii and type are ours and live in styles/tokens.css; this only sets sizes and motion. */
export const theme = createTheme({
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'md' },
    }),
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' } }),
    Menu: Menu.extend({
      defaultProps: { transitionProps: { duration: 80 }, position: 'bottom-end' },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
  },
});
