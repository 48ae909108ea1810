import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { connect, followUndoKeys } from './comparison.js';
import { stayConnected } from './engine.js';
import { followMenu } from './menu.js';
import { followHash } from './store.js';
import './styles/all.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
followHash();
followMenu();
followUndoKeys();
stayConnected();
void connect();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
