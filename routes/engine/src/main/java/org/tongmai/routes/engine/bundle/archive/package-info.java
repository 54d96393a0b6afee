/** A route bundle as bytes: a folder, or one file that is shipped. */
package org.tongmai.routes.engine.bundle.archive;
