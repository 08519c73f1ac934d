import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody, { TableBodyProps } from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow, { TableRowProps } from '@material-ui/core/TableRow';

/*
 * Tables that become a stack of cards on narrow screens: each line then names its column. All roles are set explicitly,
 * because a table with another layout loses them.
 */

const HIDDEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
} as const;

const useStyles = makeStyles(theme => {
  const narrow = theme.breakpoints.down('sm');
  return {
    container: {
      [theme.breakpoints.up('md')]: {
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: theme.shape.borderRadius,
        backgroundColor: theme.palette.background.paper,
      },
    },
    hidden: HIDDEN,
    block: { [narrow]: { display: 'block' } },
    head: { [narrow]: HIDDEN },
    column: { padding: theme.spacing(1.5), whiteSpace: 'nowrap' },
    row: {
      [narrow]: {
        display: 'block',
        position: 'relative',
        marginBottom: theme.spacing(1.5),
        padding: theme.spacing(1),
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: theme.shape.borderRadius,
        backgroundColor: theme.palette.background.paper,
      },
    },
    // Backstage's theme makes cells compact and breaks words anywhere.
    cell: {
      padding: theme.spacing(1.5),
      lineHeight: 1.4,
      wordBreak: 'normal',
      overflowWrap: 'break-word',
      [narrow]: {
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: theme.spacing(1),
        padding: theme.spacing(0.5, 1),
        border: 0,
        '&[data-label]::before': {
          content: 'attr(data-label)',
          flex: '0 0 96px',
          color: theme.palette.text.secondary,
        },
      },
    },
    content: {
      minWidth: 0,
      overflowWrap: 'break-word',
      // Below its label if there isn't enough room next to it.
      [narrow]: { flex: '1 1 120px' },
    },
    corner: {
      [narrow]: { position: 'absolute', top: theme.spacing(1), right: 0 },
    },
    header: { [narrow]: { paddingRight: theme.spacing(6) } },
  };
});

/** Props of {@link StackedTable}. */
export interface StackedTableProps extends Pick<TableBodyProps, 'onKeyDown'> {
  columns: string[];
  /** Widths of the columns, to align them with another table. */
  widths?: readonly string[];
  /** Accessible name of the table; or `labelledBy` with the ID of the element that has it. */
  caption?: string;
  labelledBy?: string;
  children: ReactNode;
}

/** A table of {@link StackedRow}s. */
export const StackedTable = (props: StackedTableProps) => {
  const { columns, widths, caption, labelledBy, onKeyDown, children } = props;
  const classes = useStyles();
  return (
    <TableContainer className={classes.container}>
      <Table
        role="table"
        className={classes.block}
        aria-labelledby={labelledBy}
      >
        {caption && <caption className={classes.hidden}>{caption}</caption>}
        <TableHead role="rowgroup" className={classes.head}>
          <TableRow role="row">
            {columns.map((column, index) => (
              <TableCell
                key={column}
                scope="col"
                role="columnheader"
                className={classes.column}
                style={widths && { width: widths[index] }}
              >
                {column}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody
          role="rowgroup"
          className={classes.block}
          onKeyDown={onKeyDown}
        >
          {children}
        </TableBody>
      </Table>
    </TableContainer>
  );
};

/** Props of {@link StackedRow}. */
export interface StackedRowProps
  extends Pick<TableRowProps, 'hover' | 'onClick' | 'style'> {
  children: ReactNode;
}

/** A row; on narrow screens, a card. */
export const StackedRow = ({ children, ...rest }: StackedRowProps) => {
  const classes = useStyles();
  return (
    <TableRow {...rest} role="row" className={classes.row}>
      {children}
    </TableRow>
  );
};

/** The cell that names the row. */
export const StackedHeader = ({ children }: { children: ReactNode }) => {
  const classes = useStyles();
  return (
    <TableCell
      component="th"
      scope="row"
      role="rowheader"
      className={`${classes.cell} ${classes.header}`}
    >
      <div className={classes.content}>{children}</div>
    </TableCell>
  );
};

/** Props of {@link StackedCell}. */
export interface StackedCellProps {
  /** Name of its column; absent if the content is self-explanatory. */
  label?: string;
  /** Places it in the upper right corner of the card. */
  corner?: boolean;
  children: ReactNode;
}

/** A cell; on narrow screens, a line that names its column. */
export const StackedCell = ({ label, corner, children }: StackedCellProps) => {
  const classes = useStyles();
  return (
    <TableCell
      role="cell"
      data-label={label}
      className={corner ? `${classes.cell} ${classes.corner}` : classes.cell}
    >
      <div className={classes.content}>{children}</div>
    </TableCell>
  );
};
