/** The rules of a route bundle: one validator for the command line, the deployment and the sandbox. */
package org.tongmai.routes.engine.bundle.check;
