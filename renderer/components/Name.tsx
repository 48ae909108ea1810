import { formatName } from '../format.js';

/** Text from a file: on one line, cut where there is no room, whole in its title, of its own direction. */
export function Name({ text, className }: { text: string; className?: string }) {
  return (
    <bdi className={className === undefined ? 'name' : `name ${className}`} title={text}>
      {formatName(text)}
    </bdi>
  );
}
