import type { State } from './state.ts';

/** What a person typed, with `@ana` and `#general` turned into Slack's escaped mentions and & < > made safe. */
export function escapeTyped(state: State, typed: string): string {
  const safe = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return mention(state, restoreMentions(safe), { names: false });
}

/** The text of a command: mentions carry names there, and only where the manifest asks for escaping. */
export function escapeCommand(state: State, typed: string, shouldEscape: boolean): string {
  return shouldEscape ? mention(state, typed, { names: true }) : typed;
}

/** Mentions a page inserted already escaped pass as they are. */
function restoreMentions(safe: string): string {
  return safe.replaceAll(/&lt;(?<inner>[@#!][A-Za-z0-9^|._-]+)&gt;/g, '<$<inner>>');
}

function mention(state: State, text: string, options: { names: boolean }): string {
  return text
    .replaceAll(/(?<=^|[\s(,])@(?<name>[\p{L}\p{N}._-]*[\p{L}\p{N}_-])/gu, (whole, name: string) => {
      if (['here', 'channel', 'everyone'].includes(name)) return options.names ? whole : `<!${name}>`;
      const person = Object.values(state.people).find((known) => known.name === name.toLowerCase());
      if (person === undefined) return groupMention(state, whole, name);
      return options.names ? `<@${person.id}|${person.name}>` : `<@${person.id}>`;
    })
    .replaceAll(/(?<=^|[\s(,])#(?<name>[\p{L}\p{N}_-]+)/gu, (whole, name: string) => {
      const channel = Object.values(state.channels).find(
        (known) => known.name === name.toLowerCase() && known.kind !== 'im',
      );
      if (channel === undefined) return whole;
      return `<#${channel.id}|${channel.kind === 'public' ? channel.name : ''}>`;
    });
}

function groupMention(state: State, whole: string, name: string): string {
  const group = state.userGroups.find((known) => known.handle === name.toLowerCase());
  return group === undefined ? whole : `<!subteam^${group.id}|@${group.handle}>`;
}
