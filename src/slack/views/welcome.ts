/** Direct messages to people whose part in Beckon changed. */
import type { Welcome } from '../../services/person/welcome.ts';
import { actions, button, channelLink, mention, safeName, section } from './blocks.ts';
import { names, type Message } from './help-card.ts';
import { ids as preferences } from './preferences.ts';

/** One message: what they are now, what will reach them, and where to change it. */
export function welcomeMessage({ expertise, desks }: Welcome): Message {
  const lines = [
    ...(desks.length > 0 ? [`:wave: You are an agent of ${names(desks)} now.`] : []),
    ...(expertise.length > 0 ? [`:mortar_board: You are known for ${names(expertise)} now.`] : []),
    ...(desks.length > 0
      ? [
          'When a conversation is forwarded to you, Beckon adds you to it and tells you why; *Pass* gives it to the next best.',
        ]
      : []),
    'When a colleague who is stuck needs what you know, Beckon calls you, at most a few times an hour. You decide how and when.',
  ];
  const text = lines.join('\n');
  return { text, blocks: [section(text), actions(button(preferences.open, 'My preferences'))] };
}

/** To somebody from whom an administrator took expertise: what does not reach them any more. */
export function takenMessage(expertise: readonly string[]): Message {
  const text = `:mortar_board: You are not known for ${names(expertise)} any more: an administrator changed it. Calls for help with it do not reach you; everything else stays.`;
  return { text, blocks: [section(text), actions(button(preferences.open, 'My preferences'))] };
}

/** To somebody who was made an administrator: what they can do, what will reach them, and where to change it. */
export function administratorMessage(madeBy: string): Message {
  const text = [
    `:key: ${mention(madeBy)} made you an administrator of Beckon.`,
    'You set up expertise, desks, help channels and other administrators: open Home, or type `/livechat desks`, `/livechat admins` or `/expertise help`.',
    'Beckon writes to you when something needs you, for example when a help channel is no longer safe.',
  ].join('\n');
  return { text, blocks: [section(text), actions(button(preferences.open, 'My preferences'))] };
}

const REASONS = {
  shared: 'it is shared with another organization now',
  guest: 'a guest is in it now',
  archived: 'it was archived',
  removed: 'Beckon was removed from it',
} as const;

/** To administrators: a desk has lost its help channel, why, and what to do. */
export function droppedMessage(dropped: {
  channelId: string;
  reason: keyof typeof REASONS;
  deskName: string;
}): Message {
  const text = `:warning: ${channelLink(dropped.channelId)} is no longer the help channel of ${safeName(dropped.deskName)}: ${REASONS[dropped.reason]}. Requests for help go by Home and direct message until you choose another with \`/livechat desks\`.`;
  return { text, blocks: [section(text)] };
}
