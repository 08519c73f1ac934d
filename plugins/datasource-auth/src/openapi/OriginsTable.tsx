import {
  GrantType,
  OpenApiOrigin,
} from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { fieldOfPath } from '../settings/fields';
import { Text, useText } from '../translation';

const useStyles = makeStyles(theme => ({
  cell: { overflowWrap: 'anywhere', verticalAlign: 'top' },
  mark: { ...theme.typography.caption, display: 'block' },
}));

/** The name of the value in the document: the last key of its pointer, or the one above an item. */
function memberName(from: string): string {
  return from.split('/').pop() ?? '';
}

function problemInWords(t: Text, origin: OpenApiOrigin): string | undefined {
  const { problem, from, value } = origin;
  if (!problem) return undefined;
  const name = memberName(from);
  const text = t(`openapi.review.problem.${problem.code}`, {
    name,
    value,
    message: problem.message,
  });
  return problem.code === 'blocked'
    ? text
    : `${t('openapi.review.leftOut')}: ${text}`;
}

/** Field → value → where it came from. */
export const OriginsTable = ({ origins }: { origins: OpenApiOrigin[] }) => {
  const t = useText();
  const classes = useStyles();
  const labelOf = (path: string) => {
    const field = fieldOfPath(path);
    return field ? t(`field.${field.id}`) : path;
  };
  return (
    <TableContainer>
      <Table size="small" aria-label={t('openapi.review.table')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('openapi.review.field')}</TableCell>
            <TableCell>{t('openapi.review.value')}</TableCell>
            <TableCell>{t('openapi.review.from')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {origins.map(origin => {
            const problem = problemInWords(t, origin);
            return (
              <TableRow key={origin.path}>
                <TableCell
                  component="th"
                  scope="row"
                  role="rowheader"
                  className={classes.cell}
                >
                  {labelOf(origin.path)}
                </TableCell>
                <TableCell className={classes.cell}>
                  {origin.path === 'auth.grantType'
                    ? t(`grant.${origin.value as GrantType}`)
                    : origin.value}
                  {origin.resolved && (
                    <span className={classes.mark}>
                      {t('openapi.review.resolved')}
                    </span>
                  )}
                  {problem && (
                    <strong className={classes.mark}>⚠ {problem}</strong>
                  )}
                </TableCell>
                <TableCell className={classes.cell}>
                  <code>{origin.from}</code>
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
