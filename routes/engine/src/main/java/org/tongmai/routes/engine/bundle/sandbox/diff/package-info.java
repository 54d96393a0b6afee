/** Replay-diff: what a candidate would make of journalled messages, beside what the version that runs makes of them. */
package org.tongmai.routes.engine.bundle.sandbox.diff;
