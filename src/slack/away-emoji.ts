/** Out-of-office status emoji: the button in the list of desks, and the form. */
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Deps } from '../services/deps.ts';
import { awayEmoji, changeAwayEmoji } from '../services/workspace/away-emoji.ts';
import { showing } from './act.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted } from './modal.ts';
import { awayEmojiModal, changedAwayEmojiModal, ids, readAwayEmojiChange, TITLE } from './views/away-emoji.ts';

export function registerAwayEmoji(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    openModal({ ...showing(click), title: TITLE }, async () => awayEmojiModal(await awayEmoji(deps, actorOf(click)))),
  );
  app.view<ViewSubmitAction>(ids.form, (submission) =>
    submitted(submission, async () => {
      const changed = await changeAwayEmoji(deps, actorOf(submission), readAwayEmojiChange(submission.view));
      const more = changedAwayEmojiModal(changed);
      return more ? { show: more } : { close: 'top' };
    }),
  );
}
