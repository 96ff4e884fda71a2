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

const formatIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });

const UTC = formatIn('UTC');
/** Made once: making one takes as long as a hundred of the times it then writes. As many as there are zones at most. */
const known = new Map<string, Intl.DateTimeFormat>();

/** Undefined where there is no such zone. */
function knownIn(timeZone: string): Intl.DateTimeFormat | undefined {
  const found = known.get(timeZone);
  if (found !== undefined) return found;
  try {
    const made = formatIn(timeZone);
    known.set(timeZone, made);
    return made;
  } catch {
    return undefined;
  }
}

function timeIn(iso: string, timeZone: string): string {
  const at = Date.parse(iso);
  const local = timeZone === '' ? undefined : knownIn(timeZone);
  return local === undefined ? `${UTC.format(at)} UTC` : local.format(at);
}

/** The same for the rows of a list: those that would sound alike (two threads begun in one minute) are numbered. */
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
 * "Open panel: Gus Keller, thread of 2 Mar, 10:42, #acme-support".
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
