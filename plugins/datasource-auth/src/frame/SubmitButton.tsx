import { MouseEvent } from 'react';
import { ReasonButton, ReasonButtonProps } from './ReasonButton';

const keepFocus = (event: MouseEvent) => event.preventDefault();

/** Leaves the field before the form is submitted. A click by keyboard has no pointer, and keeps the focus. */
const leaveField = (event: MouseEvent) => {
  if (event.detail > 0 && document.activeElement instanceof HTMLElement) {
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
    onClick={leaveField}
  />
);
