/** What `/expertise` answers in a line or two. */
import { languageName } from '../../domain/languages.ts';
import { shorten } from '../../domain/name.ts';
import { counted, listed } from '../../domain/wording.ts';
import type { Assigned } from '../../services/expertise/assign.ts';
import type { Answered, KnownBy, WhoKnows, WhoKnowsSeveral } from '../../services/expertise/who.ts';
import type { WhoWould } from '../../services/forward/who-would.ts';
import { escape, mention, safeName } from './blocks.ts';
import { reasonsOf } from './reasons.ts';
import { unknownWord } from './unknown-word.ts';

const HOLDERS_LISTED = 50;
const people = (userIds: readonly string[]): string => listed(userIds.map(mention));

function named(userIds: readonly string[], count: number): string {
  const shown = userIds.slice(0, HOLDERS_LISTED).map(mention);
  const left = count - shown.length;
  return listed(left > 0 ? [...shown, `${left.toLocaleString('en')} more`] : shown);
}

export function whoReply({ expertise, holders, count }: WhoKnows): string {
  const about = expertise.description === '' ? '' : `\n${escape(expertise.description)}`;
  const name = `*${safeName(expertise.name)}*`;
  if (count === 0) return `Nobody has ${name} yet. Administrators give it with \`/expertise assign\`.${about}`;
  const ofThem = named(
    holders.map(({ userId }) => userId),
    count,
  );
  return `${counted(count, 'person has', 'people have')} ${name}: ${ofThem}${about}`;
}

/** In bold; of more than `most` the rest is counted. */
function boldly(
  names: readonly string[],
  { joiner = 'and', most = 20 }: { joiner?: 'and' | 'or'; most?: number } = {},
) {
  const shown = names.slice(0, most).map((name) => `*${safeName(name)}*`);
  const left = names.length - shown.length;
  return listed(left > 0 ? [...shown, `${left} more`] : shown, joiner);
}

/** Of what each person has, so many are named: twenty long lines stay below Slack's 40,000 characters of text. */
const NAMED_EACH = 4;

/** One line a person, those who have most first. */
export function whoSeveralReply({ asked, holders, count, unknown }: WhoKnowsSeveral): string {
  const askedNames = asked.map(({ name }) => name);
  if (count === 0) return `Nobody has ${boldly(askedNames, { joiner: 'or' })} yet.`;
  const lines = holders.map(({ userId, has }) =>
    has.length === asked.length
      ? `:star: ${mention(userId)} has all ${asked.length}`
      : `${mention(userId)} has ${has.length} of ${asked.length}: ${boldly(has, { most: NAMED_EACH })}`,
  );
  const left = count - holders.length;
  return [
    `${counted(count, 'person has', 'people have')} some of ${boldly(askedNames)}:`,
    ...lines,
    ...(left > 0 ? [`and ${left.toLocaleString('en')} more`] : []),
    ...(unknown.length > 0 ? [`Nobody has ${boldly(unknown)} yet.`] : []),
  ].join('\n');
}

/** The ranking of a desk, with reasons. */
function wouldGetLines({ deskName, language, ranked }: WhoWould): string {
  const speaking = language === '' ? '' : ` in ${languageName(language)}`;
  const desk = `*${safeName(deskName)}*`;
  if (ranked.length === 0) return `Nobody could take a conversation about it${speaking} at ${desk} now.`;
  const lines = ranked.map((who, index) => {
    return `${index + 1}. ${mention(who.userId)}: ${reasonsOf(who, { language, country: '' })}`;
  });
  return [`Who would get a conversation about it${speaking} at ${desk} now:`, ...lines].join('\n');
}

/** Whoever is asked about, and below it the names that mean nothing. */
export const answeredReply = (answered: Answered): string =>
  [
    'asked' in answered ? whoSeveralReply(answered) : whoReply(answered),
    ...(answered.wouldGet ? [wouldGetLines(answered.wouldGet)] : []),
    ...answered.unmatched.map((words) => escape(words)),
  ].join('\n');

export function knownReply({ userId, expertise, mayHave }: KnownBy): string {
  if (!mayHave) return `${mention(userId)} has no expertise: only full members of this workspace can.`;
  if (expertise.length === 0) return `${mention(userId)} has no expertise yet.`;
  const names = expertise.map(({ name }) => `*${safeName(name)}*`);
  const shown = names.slice(0, HOLDERS_LISTED);
  const left = names.length - shown.length;
  return `${mention(userId)} has ${listed(left > 0 ? [...shown, `${left} more`] : shown)}.`;
}

export function assignedReply({ expertise, changed, unchanged }: Assigned): string {
  const name = `*${safeName(expertise.name)}*`;
  const had = unchanged.length === 0 ? '' : `${people(unchanged)} had ${name} already.`;
  return changed.length === 0 ? `Nothing to do: ${had}` : `Gave ${name} to ${people(changed)}. ${had}`.trimEnd();
}

export function unassignedReply({ expertise, changed, unchanged }: Assigned): string {
  const name = `*${safeName(expertise.name)}*`;
  const had = unchanged.length === 0 ? '' : `${people(unchanged)} did not have ${name}.`;
  return changed.length === 0 ? `Nothing to do: ${had}` : `Took ${name} from ${people(changed)}. ${had}`.trimEnd();
}

export const helpText = [
  '*Expertise with Beckon*',
  '`/expertise` or `/expertise list` – all expertise and how many have it',
  '`/expertise who Billing` – who has it; `/expertise who Billing, Refunds` – who has most of both, and who would get a conversation about them now',
  '`/expertise who Billing, Refunds in French` – the same for a customer who speaks French',
  '`/expertise who @ana` – what somebody knows',
  '`/expertise me` – my preferences: my expertise, languages, desks, pauses, calls',
  '`/expertise new Billing` – add an expertise and pick who has it _(administrators)_',
  '`/expertise edit Billing` – change its name, operators or description _(administrators)_',
  '`/expertise merge Invoices into Billing` – make one of two; you see first what moves _(administrators)_',
  '`/expertise delete Billing` – delete it; you see first where it is used _(administrators)_',
  '`/expertise assign @ana @ben Billing` – give it to people _(administrators)_',
  '`/expertise unassign @ana Billing` – take it from people _(administrators)_',
  '`/expertise help` – this list',
  '`/livechat help` tells how to work with conversations.',
].join('\n');

/** The answer to a word that is none of the command's. */
export const unknownWordReply = (typed: string, closest: string | undefined): string =>
  unknownWord('/expertise', { typed, closest, help: helpText });

/** Somebody was written as a name that Slack did not turn into a person. */
export const unresolvedReply = (names: readonly string[]): string =>
  `Slack does not say who ${listed(names.map((name) => safeName(shorten(name, 80))))} is. Type @ and choose each person from the list that appears; groups cannot be given expertise. Nothing was changed.`;
