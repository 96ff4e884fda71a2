import type { Channel, Person, SlashCommand } from '../../protocol.ts';
import { findEmoji } from '../text/emoji.ts';

/** One line of the list over the composer: `insert` replaces the word being typed. */
export type Suggestion = { key: string; insert: string; label: string; detail: string; lead?: string };

/** The word at the caret: its first character says what is being looked for. */
export type Typing = { kind: '/' | '@' | '#' | ':'; word: string; start: number };

const limit = 8;

/** What is being typed at the caret; undefined for ordinary words. A slash counts only as the very first character. */
export function typingAt(text: string, caret: number): Typing | undefined {
  const before = text.slice(0, caret);
  if (/^\/\S*$/u.test(before)) return { kind: '/', word: before.slice(1), start: 0 };
  const match = /(?:^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before);
  const [, kind, word = ''] = match ?? [];
  if (kind !== '@' && kind !== '#' && kind !== ':') return undefined;
  if (kind === ':' && word.length < 2) return undefined;
  return { kind, word, start: caret - word.length - 1 };
}

type Known = { commands: SlashCommand[]; people: Person[]; channels: Channel[] };

/** What fits the word being typed, best first. */
export function suggestFor(typing: Typing, known: Known): Suggestion[] {
  switch (typing.kind) {
    case '/':
      return commandsFor(typing.word, known.commands);
    case '@':
      return peopleFor(typing.word, known.people);
    case '#':
      return channelsFor(typing.word, known.channels);
    case ':':
      return findEmoji(typing.word, limit).map(({ name, glyph }) => ({
        key: name,
        insert: `:${name}: `,
        label: `:${name}:`,
        detail: '',
        lead: glyph,
      }));
  }
}

function commandsFor(word: string, commands: SlashCommand[]): Suggestion[] {
  return commands
    .filter(({ command }) => command.toLowerCase().startsWith(`/${word.toLowerCase()}`))
    .map(({ command, description, usageHint }) => ({
      key: command,
      insert: `${command} `,
      label: usageHint === '' ? command : `${command} ${usageHint}`,
      detail: description,
    }));
}

function peopleFor(word: string, people: Person[]): Suggestion[] {
  const wanted = word.toLowerCase();
  const fits = (person: Person) =>
    [person.name, ...person.displayName.split(' '), ...person.realName.split(' ')].some((part) =>
      part.toLowerCase().startsWith(wanted),
    );
  return people
    .filter((person) => !person.deactivated && fits(person))
    .slice(0, limit)
    .map((person) => ({
      key: person.id,
      insert: `@${person.name} `,
      label: person.displayName || person.realName,
      detail: `@${person.name}`,
    }));
}

function channelsFor(word: string, channels: Channel[]): Suggestion[] {
  return channels
    .filter((channel) => channel.kind === 'public' || channel.kind === 'private')
    .filter((channel) => !channel.archived && channel.name.includes(word.toLowerCase()))
    .slice(0, limit)
    .map((channel) => ({
      key: channel.id,
      insert: `#${channel.name} `,
      label: `#${channel.name}`,
      detail: channel.topic,
    }));
}
