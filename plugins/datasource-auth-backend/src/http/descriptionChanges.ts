import { AuthorizedDatasources } from '../access/AuthorizedDatasources';
import { DescriptionComparison } from '../imports/DescriptionComparison';
import { createApiRouter } from './apiRouter';
import { CallerOf } from './context';

/** Whether a datasource is still as its API description says. */
export function createDescriptionChangesRouter(options: {
  datasources: AuthorizedDatasources;
  comparison: DescriptionComparison;
  callerOf: CallerOf;
}) {
  const { datasources, comparison, callerOf } = options;
  const router = createApiRouter();

  router.get('/datasources/:name/description-changes', async (req, res) => {
    const caller = await callerOf(req);
    const { record } = await datasources.forReading(req.params.name, {
      caller,
    });
    res.json(await comparison.compare(record.settings, caller));
  });

  return router;
}
