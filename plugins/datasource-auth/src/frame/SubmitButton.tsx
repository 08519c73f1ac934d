import { MouseEvent } from 'react';
import { ReasonButton, ReasonButtonProps } from './ReasonButton';

const keepFocus = (event: MouseEvent) => event.preventDefault();

/** Leaves the field before the click submits the form, so that its value is checked. */
const leaveField = () => {
  if (document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  }
};

/**
 * The button that submits its form. A field that loses the focus can take up another height, and the button would move
 * away from the pointer before the click. So the field keeps the focus until the button is released.
 */
export const SubmitButton = (props: Omit<ReasonButtonProps, 'onClick'>) => (
  <ReasonButton
    {...props}
    type="submit"
    onMouseDown={keepFocus}
    onMouseUp={leaveField}
  />
);
