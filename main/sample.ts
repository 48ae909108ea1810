import { join } from 'node:path';
import { type AppInfo, packageRoot } from '../core/index.js';

/** The pair behind "try the sample". */
export const sample: AppInfo['sample'] = {
  title: 'Loan applications: training and serving',
  reference: { path: join(packageRoot, 'sample-data', 'lending', 'reference.csv') },
  current: { path: join(packageRoot, 'sample-data', 'lending', 'current.csv') },
};
