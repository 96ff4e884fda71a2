import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Row } from '../blocks/select-model.ts';
import { withEmoji } from '../text/emoji.ts';
import { Icon } from './icon.tsx';
import { Popover } from './popover.tsx';
import { RowList } from './row-list.tsx';
import { Spinner } from './spinner.tsx';

type Props = {
  rows: Row[];
  chosen: Row[];
  many: boolean;
  typed: string;
  open: boolean;
  loading: boolean;
  busy: boolean;
  invalid: boolean;
  empty: string;
  placeholder: string;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  autofocus: boolean;
  onType: (text: string) => void;
  onOpen: (open: boolean) => void;
  onChoose: (rows: Row[]) => void;
};

/** A searchable list of options: one value in the field, or several as chips before it. */
export function Combobox(props: Props) {
  const { rows, chosen, many, typed, open } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [typed, open]);
  const isChosen = (row: Row) => chosen.some((each) => each.key === row.key);
  const close = () => {
    props.onOpen(false);
    props.onType('');
  };
  const pick = (row: Row) => {
    props.onType('');
    field.current?.focus();
    // It would cover what comes below, a button to save with too; typing or a press opens it again.
    props.onOpen(false);
    if (!many) props.onChoose([row]);
    else props.onChoose(isChosen(row) ? chosen.filter((each) => each.key !== row.key) : [...chosen, row]);
  };
  const activeRow = open ? rows[active] : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const undo = typed === '' && many && chosen.length > 0 ? () => props.onChoose(chosen.slice(0, -1)) : undefined;
    const move = (step: number) => {
      if (open) setActive((active + step + rows.length) % Math.max(rows.length, 1));
      else props.onOpen(true);
    };
    pressKey(event, { move, undo, pick: activeRow && (() => pick(activeRow)), close: open ? close : undefined });
  };
  const single = many ? undefined : chosen[0];
  const held = single ? withEmoji(single.label) : '';
  return (
    <div ref={box} class="combobox" onClick={() => field.current?.focus()}>
      {many && <Chips chosen={chosen} onChoose={props.onChoose} />}
      <input
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={activeRow ? `${id}-${active}` : undefined}
        aria-labelledby={props.labelledBy}
        aria-label={unless(props.labelledBy, props.placeholder)}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid}
        aria-busy={props.busy}
        data-autofocus={props.autofocus || undefined}
        placeholder={held || (many && chosen.length > 0 ? '' : props.placeholder)}
        value={open ? typed : held}
        onInput={(event) => {
          props.onType(event.currentTarget.value);
          props.onOpen(true);
        }}
        onClick={() => props.onOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <Mark turning={props.busy || props.loading} />
      {open && (
        <Popover anchor={box} fit onClose={close} class="listbox-layer">
          <RowList
            id={id}
            rows={rows}
            active={active}
            many={many}
            isChosen={isChosen}
            onPick={pick}
            onPoint={setActive}
          />
          {rows.length === 0 && <Nothing words={props.loading ? 'Searching…' : props.empty} />}
        </Popover>
      )}
    </div>
  );
}

function Nothing({ words }: { words: string }) {
  return (
    <p class="listbox-empty" role="status">
      {words}
    </p>
  );
}

function Mark({ turning }: { turning: boolean }) {
  return turning ? <Spinner /> : <Icon name="down" size={16} />;
}

/** What names the field where nothing else on the page does. */
function unless(labelledBy: string | undefined, label: string): string | undefined {
  return labelledBy === undefined ? label : undefined;
}

type Keys = { move: (step: number) => void; undo: Key; pick: Key; close: Key };
type Key = (() => void) | undefined;

/** What a key means in a combobox; a key that means nothing now is left to the dialog or form around it. */
function pressKey(event: KeyboardEvent, keys: Keys): void {
  if (event.isComposing) return;
  const meanings = new Map<string, Key>([
    ['ArrowDown', () => keys.move(1)],
    ['ArrowUp', () => keys.move(-1)],
    ['Enter', keys.pick],
    ['Escape', keys.close],
    ['Backspace', keys.undo],
  ]);
  const run = meanings.get(event.key);
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

function Chips({ chosen, onChoose }: { chosen: Row[]; onChoose: (rows: Row[]) => void }) {
  return (
    <>
      {chosen.map((row) => (
        <Chip key={row.key} row={row} onRemove={() => onChoose(chosen.filter((each) => each !== row))} />
      ))}
    </>
  );
}

function Chip({ row, onRemove }: { row: Row; onRemove: () => void }) {
  return (
    <span class="chip">
      {withEmoji(row.label)}
      <button type="button" aria-label={`Remove ${row.label}`} title={`Remove ${row.label}`} onClick={onRemove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
