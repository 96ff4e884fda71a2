/** To administrators: a colleague is gone, and what needs somebody else now. */
import type { GoneNews } from '../../services/person/gone.ts';
import { mention, placeLink, section } from './blocks.ts';
import { names, type Message } from './help-card.ts';

const REASONS = { deactivated: 'was deactivated', guest: 'is a guest now' } as const;

function leftAlone({ places, morePlaces }: GoneNews): string[] {
  if (places.length === 0) return [];
  const more = morePlaces > 0 ? [`• and ${morePlaces} more`] : [];
  return [
    'Nobody was left in these conversations, so they are *Looking for help*:',
    ...places.map((place) => `• ${placeLink(place)}`),
    ...more,
  ];
}

export function goneMessage(news: GoneNews): Message {
  const { expertise, desks } = news;
  const lines = [
    `:wave: ${mention(news.goneId)} ${REASONS[news.reason]} and is out of every conversation and off every desk.`,
    ...leftAlone(news),
    ...(expertise.length === 0
      ? []
      : [`:mortar_board: Nobody has ${names(expertise)} now. Give it to somebody with \`/expertise assign\`.`]),
    ...(desks.length === 0
      ? []
      : [`They were whom ${names(desks)} falls back to. Choose somebody else with \`/livechat desks\`.`]),
  ];
  const text = lines.join('\n');
  return { text, blocks: [section(text)] };
}
