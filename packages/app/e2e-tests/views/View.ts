import type { Page } from '@playwright/test';
import type { DemoDatasources } from '../DemoDatasources';
import type { DemoInstance } from '../DemoInstance';

/** What a view needs to open. */
export interface ViewContext {
  page: Page;
  instance: DemoInstance;
  datasources: DemoDatasources;
  /** Opens a URL below the page's root. */
  open: (path: string) => Promise<void>;
}

/** One view of the page, or one state of it. */
export interface View {
  name: string;
  reach: (context: ViewContext) => Promise<void>;
}
