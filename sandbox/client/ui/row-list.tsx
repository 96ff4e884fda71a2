import { useEffect, useRef } from 'preact/hooks';
import type { Row } from '../blocks/select-model.ts';
import { withEmoji } from '../text/emoji.ts';

type Props = {
  id: string;
  rows: Row[];
  active: number;
  many: boolean;
  isChosen: (row: Row) => boolean;
  onPick: (row: Row) => void;
  onPoint: (index: number) => void;
};

/** The open list of a combobox. The field keeps the focus; the active row is told by its id. */
export function RowList({ id, rows, active, many, isChosen, onPick, onPoint }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-multiselectable={many} class="listbox">
      {rows.map((row, index) => (
        <div key={`${row.group ?? ''}/${row.key}`}>
          {row.group !== undefined && row.group !== rows[index - 1]?.group && (
            <p class="listbox-group">{withEmoji(row.group)}</p>
          )}
          <div
            id={`${id}-${index}`}
            role="option"
            aria-selected={isChosen(row)}
            data-active={index === active}
            class="listbox-option"
            onPointerMove={() => onPoint(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation();
              onPick(row);
            }}
          >
            <span class="option-label">{withEmoji(row.label)}</span>
            {row.detail !== undefined && <span class="option-detail">{withEmoji(row.detail)}</span>}
          </div>
        </div>
      ))}
    </div>
  );
}
