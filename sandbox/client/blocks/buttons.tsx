import { useState } from 'preact/hooks';
import { Text, plainWords } from '../text/rich-text.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { ElementProps } from './element.tsx';
import type { Confirm, Option } from './kit.ts';
import { controlKey, useSurface } from './surface.tsx';

/** The question a control asks first, where it has one. */
export function ConfirmAsk({ confirm, onYes, onNo }: { confirm: Confirm; onYes: () => void; onNo: () => void }) {
  return (
    <Ask
      title={plainWords(confirm.title)}
      text={<Text text={confirm.text} />}
      confirm={plainWords(confirm.confirm)}
      deny={plainWords(confirm.deny)}
      danger={confirm.style === 'danger'}
      onConfirm={onYes}
      onDeny={onNo}
    />
  );
}

/** A button of the app; it turns until the app has answered. */
export function ActionButton({ element, blockId }: ElementProps) {
  const surface = useSurface();
  const [asking, setAsking] = useState(false);
  const busy = surface.busy.has(controlKey(blockId, element.action_id));
  const press = () => {
    setAsking(false);
    if (element.url !== undefined) window.open(element.url, '_blank', 'noreferrer');
    surface.act(blockId, element, element.value === undefined ? {} : { value: element.value });
  };
  return (
    <>
      <button
        type="button"
        class={`button ${element.style ?? ''}`}
        aria-label={element.accessibility_label}
        aria-busy={busy}
        onClick={() => (element.confirm ? setAsking(true) : press())}
      >
        {busy && <Spinner />}
        <span class="button-words">{element.text && <Text text={element.text} />}</span>
      </button>
      {asking && element.confirm && (
        <ConfirmAsk confirm={element.confirm} onYes={press} onNo={() => setAsking(false)} />
      )}
    </>
  );
}

/** The "⋯" menu of the app. */
export function Overflow({ element, blockId }: ElementProps) {
  const surface = useSurface();
  const [asked, setAsked] = useState<Option>();
  const busy = surface.busy.has(controlKey(blockId, element.action_id));
  const press = (option: Option) => {
    setAsked(undefined);
    if (option.url !== undefined) window.open(option.url, '_blank', 'noreferrer');
    surface.act(blockId, element, { selected_option: option });
  };
  const items = (element.options ?? []).map((option): MenuItem => {
    const item = { label: plainWords(option.text), run: () => (element.confirm ? setAsked(option) : press(option)) };
    return option.description ? { ...item, detail: plainWords(option.description) } : item;
  });
  return (
    <>
      <Menu
        label={element.accessibility_label ?? 'More options'}
        items={items}
        class="button button-icon"
        align="end"
        busy={busy}
        button={busy ? <Spinner /> : <Icon name="more" />}
      />
      {asked && element.confirm && (
        <ConfirmAsk confirm={element.confirm} onYes={() => press(asked)} onNo={() => setAsked(undefined)} />
      )}
    </>
  );
}
