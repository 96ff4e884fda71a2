/** Who is in a conversation and who was, in the panel. */
import type { KnownBlock } from '@slack/types';
import type { CameBy } from '../../domain/conversation.ts';
import type { Panel, Stay } from '../../services/conversation/panel.ts';
import { context, dateTime, mention } from './blocks.ts';
import { paragraphs } from './form.ts';
import { names } from './help-card.ts';

/** Of more nobody reads who they are; the latest are shown. */
const SHOWN_MAX = 20;
/** The rest of the view needs its part of Slack's 250,000 characters. */
const CHARACTERS_MAX = 12_000;

const WAYS_IN: Record<CameBy, string> = {
  opened: 'opened it',
  joined: 'pressed *Join*',
  wrote: 'came in by writing',
  invited: 'was invited',
  added: 'was added to the channel',
  reopened: 'was in it when it opened again',
  forwarded: 'it was forwarded to them',
};

function howTheyCame({ cameBy, invitedBy, cameAt }: Stay): string {
  const by = invitedBy === '' ? '' : ` by ${mention(invitedBy)}`;
  return `${WAYS_IN[cameBy]}${by}, ${dateTime(cameAt)}`;
}

function agentLine({ expertise, arriving, ...stay }: Panel['agents'][number]): string {
  const knows = expertise.length === 0 ? '' : `  :mortar_board: ${names(expertise)}`;
  return `${mention(stay.userId)}${knows}  ·  ${arriving ? '_on the way in_' : howTheyCame(stay)}`;
}

const historyLine = (past: Panel['history'][number]): string =>
  `${mention(past.userId)}  ·  ${howTheyCame(past)}  ·  left ${dateTime(past.leftAt)}`;

function listing(title: string, lines: readonly string[], more: string): KnownBlock[] {
  const shown = lines.slice(0, SHOWN_MAX);
  const { blocks, left } = paragraphs([`*${title}*`, ...shown], { blocksMax: 5, charactersMax: CHARACTERS_MAX });
  const unseen = left + lines.length - shown.length;
  return [...blocks, ...(unseen > 0 ? [context(`and ${unseen} ${more}`)] : [])];
}

const NOBODY = 'Nobody. Whoever writes in it or is invited comes in.';

/** Who is in it, what they know and how they came; then who was, the last first. */
export function peopleBlocks({ agents, history, status }: Pick<Panel, 'agents' | 'history' | 'status'>): KnownBlock[] {
  const isIn = agents.length === 0 ? [NOBODY] : agents.map(agentLine);
  return [
    ...(status === undefined ? [] : listing('In this conversation', isIn, 'more')),
    ...(history.length === 0
      ? []
      : listing(status === undefined ? 'Who was in it' : 'Who was in it before', history.map(historyLine), 'earlier')),
  ];
}
