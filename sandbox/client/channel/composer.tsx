import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { suggestFor, typingAt, type Suggestion } from './suggest.ts';
import { SuggestionList } from './suggestion-list.tsx';

type Props = { channel: string; label: string; thread?: string };

const drafts = new Map<string, string>();

/** Where one writes: suggestions while typing, Enter sends, what went wrong stands right below. */
export function Composer({ channel, label, thread }: Props) {
  const draftKey = `${channel}/${thread ?? ''}`;
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [hidden, setHidden] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const actions = useActions();
  const suggestions = useSuggestions(text, caret, hidden, thread !== undefined);
  const write = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(0);
    setHidden(false);
    drafts.set(draftKey, next);
  };
  useEffect(() => {
    setText(drafts.get(draftKey) ?? '');
    setError(undefined);
    field.current?.focus();
  }, [draftKey]);
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const send = async () => {
    const typed = text.trim();
    if (typed === '' || sending) return;
    const isCommand = typed.startsWith('/');
    if (isCommand && thread !== undefined) {
      setError(`${typed.split(/\s/u)[0] ?? ''} cannot be used in a thread. Run it in the channel.`);
      return;
    }
    setSending(true);
    setError(undefined);
    write('', 0);
    const answer = isCommand
      ? await actions.send('command', { channel, text: typed })
      : await actions.send(
          'message',
          thread === undefined ? { channel, text: typed } : { channel, text: typed, thread },
        );
    setSending(false);
    if (!answer.ok) {
      setError(answer.error);
      write(text, text.length);
    }
    field.current?.focus();
  };
  const insert = (suggestion: Suggestion) => {
    const start = typingAt(text, caret)?.start ?? caret;
    const next = text.slice(0, start) + suggestion.insert + text.slice(caret).trimStart();
    const at = start + suggestion.insert.length;
    write(next, at);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const chosen = suggestions[active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (suggestions.length > 0 && step !== undefined)
      setActive((active + step + suggestions.length) % suggestions.length);
    else if (
      chosen &&
      (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) &&
      text !== chosen.insert.trim()
    )
      insert(chosen);
    else if (suggestions.length > 0 && event.key === 'Escape') setHidden(true);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
  };
  const listed = suggestions.length > 0;
  return (
    <div class="composer-area">
      {listed && (
        <SuggestionList id={id} suggestions={suggestions} active={active} onPick={insert} onPoint={setActive} />
      )}
      <div class="composer">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={listed ? `${id}-${active}` : undefined}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onInput={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onClick={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyUp={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div class="composer-tools">
          <ShortcutsMenu channel={channel} />
          <span class="composer-help" aria-hidden="true">
            {thread === undefined && (
              <>
                <kbd>/</kbd> commands{' '}
              </>
            )}
            <kbd>@</kbd> people <kbd>#</kbd> channels
          </span>
          <button
            type="button"
            class={text.trim() === '' ? 'send' : 'send ready'}
            aria-label="Send message"
            title="Send (Enter)"
            disabled={sending}
            onClick={() => void send()}
          >
            {sending ? <Spinner /> : <Icon name="send" />}
          </button>
        </div>
      </div>
      <div class="composer-below" role={error === undefined ? undefined : 'alert'} id={`${id}-error`}>
        {error !== undefined && (
          <>
            <Icon name="warning" size={16} /> {error}
          </>
        )}
      </div>
    </div>
  );
}

function useSuggestions(text: string, caret: number, hidden: boolean, inThread: boolean): Suggestion[] {
  const commands = useSelect((state) => state.snapshot?.commands) ?? [];
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const channels = useSelect((state) => state.snapshot?.channels) ?? [];
  const typing = hidden ? undefined : typingAt(text, caret);
  return typing ? suggestFor(typing, { commands: inThread ? [] : commands, people, channels }) : [];
}

/** Shortcuts of apps that need no message. */
function ShortcutsMenu({ channel }: { channel: string }) {
  const actions = useActions();
  const shortcuts = useSelect((state) => state.snapshot?.shortcuts) ?? [];
  const app = useSelect((state) => state.snapshot?.app.name) ?? '';
  const items = shortcuts
    .filter((shortcut) => shortcut.type === 'global')
    .map((shortcut): MenuItem => ({
      label: shortcut.name,
      detail: shortcut.description || app,
      run: () => void actions.tell('shortcut', { callbackId: shortcut.callbackId, channel }),
    }));
  if (items.length === 0) return null;
  return <Menu label="Shortcuts" heading={app} class="icon-button" items={items} button={<Icon name="bolt" />} />;
}
