/** *My desks' open conversations*, a part of Home. */
import type { KnownBlock } from '@slack/types';
import { STATUS_NAMES } from '../../domain/conversation.ts';
import { counted } from '../../domain/wording.ts';
import type { DeskConversation, DeskConversations } from '../../services/home/desk-conversations.ts';
import { ago, button, context, header, mention, placeLink, safeName, section } from './blocks.ts';
import { ids as card, names } from './help-card.ts';

const AGENTS_NAMED = 3;

function whoIsIn(agents: readonly string[]): string {
  if (agents.length === 0) return ':new: nobody is in it yet';
  const left = agents.length - AGENTS_NAMED;
  return [...agents.slice(0, AGENTS_NAMED).map(mention), ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

function row(conversation: DeskConversation): KnownBlock {
  const { customers, status, deskName, openedAt, agents, conversationId } = conversation;
  const customer = customers.length === 0 ? '' : `  with ${names(customers)}`;
  const facts = [STATUS_NAMES[status], safeName(deskName), `opened ${ago(openedAt)}`, whoIsIn(agents)];
  return section(
    `*${placeLink(conversation)}*${customer}\n${facts.join('  ·  ')}`,
    button(card.panel, 'Open panel', {
      value: conversationId,
      label: `Open the panel of the conversation with ${customers[0] ?? 'the customer'}`,
    }),
  );
}

/** Shown to agents, also when nothing is open. */
export function deskConversationBlocks({ rows, more }: DeskConversations): KnownBlock[] {
  const empty = section('Nothing else is open at your desks.');
  return [
    header('My desks’ open conversations'),
    ...(rows.length === 0 ? [empty] : rows.map(row)),
    ...(more > 0 ? [context(`and ${counted(more, 'more', 'more')}`)] : []),
  ];
}
