/** Home, as one person sees it. */
import type { HomeView, KnownBlock } from '@slack/types';
import type { Home } from '../../services/home/show.ts';
import { actions, button, clockTime, context, dateTime, divider, header, safeName, section } from './blocks.ts';
import { ids as administrators } from './administrators.ts';
import { apart, conversationFacts, conversationTitle } from './conversation-row.ts';
import { ids as desks } from './desks.ts';
import { ids as expertise } from './expertise.ts';
import { ids as card, names } from './help-card.ts';
import { ids as list, waitingSection } from './help-list.ts';
import { deskConversationBlocks } from './home-desks.ts';
import { ids as pause } from './pause.ts';
import { ids as form } from './preferences.ts';
import { setupBlocks } from './setup.ts';
import { spoken, spokenEach } from './spoken.ts';
import { ids as tokens } from './tokens.ts';
import { ids as turns } from './turn.ts';
import { undeliveredBlocks } from './undelivered.ts';

type TeamHome = Extract<Home, { kind: 'team' }>;

const CUSTOMER =
  'Beckon helps the support team of this workspace. There is nothing to set up for you: write in your channel and the team will answer.';

function waiting({ waiting: { rows, more } }: TeamHome): KnownBlock[] {
  const seeAll = more > 0 ? [actions(button(list.open, `See all, ${more} more`))] : [];
  return [header('Looking for help'), ...waitingSection({ rows }), ...seeAll];
}

type Mine = TeamHome['conversations']['rows'][number];

/** It was forwarded to the reader and waits for their answer. */
function yourTurn({ turn, ...mine }: Mine): KnownBlock[] {
  if (turn === undefined || turn.isArriving) return [];
  const next = turn.until === undefined ? '' : ` At ${clockTime(turn.until)} it goes to the next agent.`;
  const pass = button(turns.pass, 'Pass', { value: turn.turnId, label: spoken('Pass', mine) });
  return [section(`:arrow_right: It is yours and waits for your answer.${next}`, pass)];
}

const isYours = ({ turn }: Mine): boolean => turn !== undefined && !turn.isArriving;

/** So many blocks of Home's hundred are for these. */
const BLOCKS_MAX = 10;

/** As many as fit: those that wait for an answer take two blocks and come first. */
const fitting = (rows: readonly Mine[]): readonly Mine[] =>
  rows.filter((_, index) => index + 1 + rows.slice(0, index + 1).filter(isYours).length <= BLOCKS_MAX);

function conversations({ conversations: { rows, hasMore } }: TeamHome): KnownBlock[] {
  const fit = fitting(rows);
  const texts = apart(fit.map((mine) => `${conversationTitle(mine)}\n${conversationFacts(mine).join('  ·  ')}`));
  const labels = spokenEach('Open panel', fit);
  const shown = fit.flatMap((mine, index) => [
    section(
      texts[index] ?? '',
      button(card.panel, 'Open panel', { value: mine.conversationId, label: labels[index] ?? '' }),
    ),
    ...yourTurn(mine),
  ]);
  const empty = section(
    'You are in no conversation. Open one in a customer’s channel with `/livechat open`, or on a message with its shortcut *Live chat*.',
  );
  return [
    header('My conversations'),
    ...(rows.length === 0 ? [empty] : shown),
    ...(hasMore || fit.length < rows.length
      ? [context('These are the ones with the latest messages. `/livechat` in a channel shows what is open there.')]
      : []),
  ];
}

function preferences({ preferences: mine, isAgent }: TeamHome): KnownBlock[] {
  const none = '_none yet_';
  const lines = [
    `*Live chat name*  ${safeName(mine.liveChatName)}`,
    `*Expertise*  ${mine.expertise.length === 0 ? none : names(mine.expertise)}`,
    `*Desks*  ${mine.desks.length === 0 ? none : names(mine.desks)}`,
  ];
  const paused =
    mine.pausedUntil === undefined ? [] : [context(`:double_vertical_bar: Paused until ${dateTime(mine.pausedUntil)}`)];
  const hint = isAgent
    ? []
    : [context('Choose a desk and you are an agent: you can join conversations and are called for what you know.')];
  return [
    header('My preferences'),
    section(lines.join('\n'), button(form.open, 'Edit', { label: 'Edit my preferences' })),
    ...paused,
    ...(isAgent
      ? [
          actions(
            mine.pausedUntil === undefined
              ? button(pause.open, 'Pause')
              : button(pause.resume, 'Resume', { style: 'primary' }),
          ),
        ]
      : []),
    ...hint,
  ];
}

function tools({ isAdministrator }: TeamHome): KnownBlock[] {
  const forAll = [button(expertise.all, 'Expertise and who has it')];
  const forAdministrators = [
    button(expertise.add, 'New expertise'),
    button(desks.open, 'Desks'),
    button(administrators.open, 'Administrators'),
    button(tokens.open, 'Tokens'),
  ];
  return [divider, actions(...forAll, ...(isAdministrator ? forAdministrators : []))];
}

export function homeView(home: Home): HomeView {
  if (home.kind === 'customer') return { type: 'home', blocks: [section(CUSTOMER)] };
  return {
    type: 'home',
    blocks: [
      ...(home.undelivered ? undeliveredBlocks(home.undelivered) : []),
      ...(home.setup ? setupBlocks(home.setup) : []),
      ...waiting(home),
      ...conversations(home),
      ...(home.isAgent || home.isAdministrator ? deskConversationBlocks(home.deskConversations, home.isAgent) : []),
      ...preferences(home),
      ...tools(home),
    ],
  };
}
