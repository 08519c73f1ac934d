import { ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useElementId, usePaths } from '../frame';
import { useText } from '../translation';
import { DetailTab, DETAIL_TABS, tabsOf } from './detailTabs';

const useStyles = makeStyles(theme => ({
  tabs: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  tab: {
    minWidth: 0,
    [theme.breakpoints.up('sm')]: { minWidth: 100 },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -4,
    },
  },
  panel: {
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
}));

/** Props of {@link DetailTabs}. */
export interface DetailTabsProps {
  datasource: Datasource;
  selected: DetailTab;
  /** The selected tab. */
  children: ReactNode;
}

/** Tabs of a datasource's page; the address has the selected one. */
export const DetailTabs = ({
  datasource,
  selected,
  children,
}: DetailTabsProps) => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const navigate = useNavigate();
  const id = useElementId();
  const { name, title = name } = datasource;
  return (
    <>
      <Tabs
        className={classes.tabs}
        aria-label={t('detail.tabs', { title })}
        indicatorColor="primary"
        textColor="primary"
        variant="scrollable"
        scrollButtons="off"
        value={selected}
        onChange={(_, tab: DetailTab) =>
          navigate(
            tab === DETAIL_TABS[0] ? paths.detail(name) : paths.tab(name, tab),
          )
        }
      >
        {tabsOf(datasource).map(tab => (
          <Tab
            key={tab}
            className={classes.tab}
            id={`${id}-${tab}`}
            aria-controls={`${id}-panel`}
            value={tab}
            label={t(`detail.tab.${tab}`)}
          />
        ))}
      </Tabs>
      <div
        id={`${id}-panel`}
        className={classes.panel}
        role="tabpanel"
        aria-labelledby={`${id}-${selected}`}
      >
        {children}
      </div>
    </>
  );
};
