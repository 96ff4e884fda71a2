import type { Suggestion } from './suggest.ts';

type Props = {
  id: string;
  suggestions: Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
  onPoint: (index: number) => void;
};

/** The list over the composer. The field keeps the focus. */
export function SuggestionList({ id, suggestions, active, onPick, onPoint }: Props) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label="Suggestions" class="suggestions">
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          class="suggestion"
          onPointerMove={() => onPoint(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
        >
          {suggestion.lead !== undefined && <span class="emoji">{suggestion.lead}</span>}
          <span class="suggestion-label">{suggestion.label}</span>
          <span class="suggestion-detail">{suggestion.detail}</span>
        </div>
      ))}
      <p class="suggestions-help" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> to move <kbd>↵</kbd> to choose <kbd>esc</kbd> to close
      </p>
    </div>
  );
}
