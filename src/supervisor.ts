import { runSupervisor } from './app/supervise/run-supervisor';

void runSupervisor();
