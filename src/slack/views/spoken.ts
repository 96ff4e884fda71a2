/** What controls say to those who hear them: which conversation a button is about, so that no two in a list sound alike. */
import { lengthOf, shorten } from '../../domain/name.ts';
import { begunAt, type Place } from '../../domain/place.ts';

/** Slack's limit. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const LABEL_MAX = 75;
const CUSTOMER_MAX = 20;
/** Less of a channel's name would tell nobody anything. */
const CHANNEL_MIN = 6;

export type SpokenOf = Pick<Place, 'threadTs' | 'channelName'> & {
  readonly customers?: readonly string[];
  /** The reader's (IANA); '' or absent where several read it: times are UTC then and say so. */
  readonly timeZone?: string;
};

/** Both ends of a name that is too long: channels of one customer often begin alike. */
function ends(name: string, max: number): string {
  const letters = Array.from(name);
  if (letters.length <= max) return name;
  const tail = Math.floor((max - 1) / 2);
  return `${letters.slice(0, max - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
}

function timeIn(iso: string, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  };
  const utc = () => `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(Date.parse(iso))} UTC`;
  if (timeZone === '') return utc();
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(Date.parse(iso));
  } catch {
    return utc();
  }
}

/** The same for the rows of a list: those that would sound alike (two threads begun in one second) are numbered. */
export function spokenEach(verb: string, all: readonly SpokenOf[]): string[] {
  const seen = new Map<string, number>();
  return all.map((each) => {
    const label = spoken(verb, each);
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${shorten(label, LABEL_MAX - ` no. ${count}`.length)} no. ${count}`;
  });
}

/**
 * "Open panel: Gus Keller, thread of 2 Mar, 10:42:07, #acme-support".
 *
 * @param verb what the button says: people who speak to their computer say what they see
 */
export function spoken(verb: string, { customers = [], threadTs, channelName, timeZone = '' }: SpokenOf): string {
  const who = shorten(customers[0] ?? 'the customer', CUSTOMER_MAX);
  const begun = begunAt(threadTs);
  const thread = begun === undefined ? '' : `, thread of ${timeIn(begun, timeZone)}`;
  const label = `${verb}: ${who}${thread}`;
  const room = LABEL_MAX - lengthOf(label) - ', #'.length;
  return channelName === '' || room < CHANNEL_MIN ? shorten(label, LABEL_MAX) : `${label}, #${ends(channelName, room)}`;
}
