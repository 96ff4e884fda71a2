/** *My desks' open conversations*, and *All open conversations* of an administrator without a desk, a part of Home. */
import type { KnownBlock } from '@slack/types';
import { counted } from '../../domain/wording.ts';
import type { DeskConversation, DeskConversations } from '../../services/home/conversations.ts';
import { button, context, header, mention, safeName, section } from './blocks.ts';
import { apart, conversationFacts, conversationTitle } from './conversation-row.ts';
import { ids as card } from './help-card.ts';
import { spokenEach } from './spoken.ts';

const AGENTS_NAMED = 3;

function whoIsIn(agents: readonly string[]): string {
  if (agents.length === 0) return ':new: nobody is in it';
  const left = agents.length - AGENTS_NAMED;
  return [...agents.slice(0, AGENTS_NAMED).map(mention), ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

const textOf = (conversation: DeskConversation): string => {
  const { deskName, agents } = conversation;
  const facts = [...conversationFacts(conversation), safeName(deskName), whoIsIn(agents)];
  return `${conversationTitle(conversation)}\n${facts.join('  ·  ')}`;
};

function blocksOf(rows: readonly DeskConversation[]): KnownBlock[] {
  const texts = apart(rows.map(textOf));
  const labels = spokenEach('Open panel', rows);
  return rows.map((conversation, index) =>
    section(
      texts[index] ?? '',
      button(card.panel, 'Open panel', {
        value: conversation.conversationId,
        label: labels[index] ?? '',
      }),
    ),
  );
}

/** Shown to agents and administrators, also when nothing is open. */
export function deskConversationBlocks({ rows, more }: DeskConversations, isAgent: boolean): KnownBlock[] {
  const empty = section(isAgent ? 'Nothing else is open at your desks.' : 'Nothing else is open.');
  return [
    header(isAgent ? 'My desks’ open conversations' : 'All open conversations'),
    ...(rows.length === 0 ? [empty] : blocksOf(rows)),
    ...(more > 0
      ? [context(`And ${counted(more, 'more', 'more')}. \`/livechat\` in a channel shows what is open there.`)]
      : []),
  ];
}
