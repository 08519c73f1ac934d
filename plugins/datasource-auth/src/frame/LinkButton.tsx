import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import Button, { ButtonProps } from '@material-ui/core/Button';

/** Props of {@link LinkButton}. */
export interface LinkButtonProps
  extends Pick<ButtonProps, 'color' | 'size' | 'variant'> {
  to: string;
  children: ReactNode;
}

/** A button that leads to another view. */
export const LinkButton = (props: LinkButtonProps) => (
  <Button variant="outlined" component={Link} {...props} />
);
