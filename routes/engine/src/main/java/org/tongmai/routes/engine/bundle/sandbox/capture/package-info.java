/** Makes a golden test of a message of the journal: masked, with what the bundle answers and makes of it. */
package org.tongmai.routes.engine.bundle.sandbox.capture;
