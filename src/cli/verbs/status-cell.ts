import type { SyncStatus } from '../../contract/search-attributes';
import type { Cell, Colour } from '../table';

const COLOURS: Readonly<Record<SyncStatus, Colour>> = {
  error: 'red',
  held: 'yellow',
  pending: 'yellow',
  in_sync: 'green',
  off: 'grey',
  closed: 'grey',
};

export function statusCell(status: SyncStatus): Exclude<Cell, string> {
  return { text: status, colour: COLOURS[status] };
}
