import { createContext, ReactNode, useContext, useEffect } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';
import { LiveRegion } from './LiveRegion';

/** Who draws the page's header: this plugin in legacy apps, the app's layout in the new frontend system. */
export type HeaderOwner = 'plugin' | 'app';

const HeaderOwnerContext = createContext<HeaderOwner>('plugin');

/** Tells the views below who draws the header. */
export const HeaderOwnerProvider = HeaderOwnerContext.Provider;

const useStyles = makeStyles(theme => {
  const narrow = theme.breakpoints.down('xs');
  return {
    // The app may have its own font, which content outside a Typography doesn't inherit.
    root: { ...theme.typography.body1, color: theme.palette.text.primary },
    heading: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(2),
      // Reserves the height of buttons that may appear later.
      minHeight: 40,
      marginBottom: theme.spacing(2),
      // Its parts stick to the whole view.
      [narrow]: { display: 'contents' },
    },
    titles: {
      flexGrow: 1,
      minWidth: 0,
      [narrow]: { marginBottom: theme.spacing(1) },
    },
    title: { display: 'flex', alignItems: 'center', gap: theme.spacing(1.5) },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      // On a phone, they stay in view.
      [narrow]: {
        position: 'sticky',
        top: 0,
        zIndex: theme.zIndex.appBar - 1,
        flexWrap: 'nowrap',
        // As wide as the view, because what scrolls below it is, too.
        padding: theme.spacing(1, 2),
        margin: theme.spacing(0, -2, 2),
        backgroundColor: theme.palette.background.paper,
        borderBottom: `1px solid ${theme.palette.divider}`,
        borderTop: `1px solid ${theme.palette.divider}`,
        '& > :first-child:not(:last-child)': { flexGrow: 1 },
        '& > :first-child:not(:last-child) > button': { width: '100%' },
      },
    },
  };
});

/** Props of {@link ViewFrame}. */
export interface ViewFrameProps {
  /** Title of the view; absent on the list, which uses the page's title. */
  title?: string;
  subtitle?: ReactNode;
  /** Shown before the title. */
  mark?: ReactNode;
  /** Shown above the title. */
  breadcrumbs?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every view: header, title, actions, document title, and live region. */
export const ViewFrame = (props: ViewFrameProps) => {
  const { title, subtitle, mark, breadcrumbs, actions, children } = props;
  const t = useText();
  const classes = useStyles();
  const owner = useContext(HeaderOwnerContext);
  const documentTitle = title ? `${title} · ${t('title')}` : t('title');

  useEffect(() => {
    if (owner === 'app') document.title = documentTitle;
  }, [owner, documentTitle]);

  const content = (
    <Content className={classes.root}>
      <LiveRegion>
        {breadcrumbs}
        <div className={classes.heading}>
          <div className={classes.titles}>
            {title && (
              <Typography variant="h4" component="h2" className={classes.title}>
                {mark}
                {title}
              </Typography>
            )}
            {subtitle && (
              <Box color="text.secondary">
                <Typography component="div">{subtitle}</Typography>
              </Box>
            )}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        {children}
      </LiveRegion>
    </Content>
  );
  if (owner === 'app') return content;
  return (
    <Page themeId="tool">
      <Header title={t('title')} pageTitleOverride={documentTitle} />
      {content}
    </Page>
  );
};
