import { useState } from 'preact/hooks';
import type { Message } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';

type Props = { message: Message; place: 'channel' | 'thread'; onHold: (held: boolean) => void };

/** What appears over a message when it is pointed at or focused. */
export function MessageActions({ message, place, onHold }: Props) {
  const actions = useActions();
  const me = useSelect((state) => state.snapshot?.me);
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const shortcuts = useSelect((state) => state.snapshot?.shortcuts) ?? [];
  const [deleting, setDeleting] = useState(false);
  const { channel, ts } = message;
  const items: MenuItem[] = shortcuts
    .filter((shortcut) => shortcut.type === 'message')
    .map((shortcut) => ({
      label: shortcut.name,
      detail: app,
      run: () => void actions.tell('shortcut', { callbackId: shortcut.callbackId, channel, ts }),
    }));
  if (message.user === me) items.push({ label: 'Delete message', danger: true, run: () => setDeleting(true) });
  const remove = () => {
    setDeleting(false);
    void actions.tell('deleteMessage', { channel, ts });
  };
  return (
    <div class="message-actions" role="group" aria-label="Message actions">
      {place === 'channel' && (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => actions.openThread(channel, message.threadTs ?? ts)}
        >
          <Icon name="thread" />
        </button>
      )}
      {items.length > 0 && (
        <Menu
          label="More actions"
          class="icon-button"
          align="end"
          items={items}
          button={<Icon name="more" />}
          onOpen={onHold}
        />
      )}
      {deleting && (
        <Ask
          title="Delete message"
          text="Are you sure you want to delete this message? This cannot be undone."
          confirm="Delete"
          deny="Cancel"
          danger
          onConfirm={remove}
          onDeny={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
