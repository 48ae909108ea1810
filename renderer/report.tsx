import { createRoot } from 'react-dom/client';
import type { DriftReport } from '../core/contract.js';
import { App } from './App.js';
import { followHash, useStore } from './store.js';
import './styles/all.css';

const root = document.getElementById('root');
const island = document.getElementById('driftglass-report');
if (root === null || island === null) throw new Error('the report is not whole');
useStore.setState({ mode: 'report', report: JSON.parse(island.textContent) as DriftReport });
followHash();
createRoot(root).render(<App />);
