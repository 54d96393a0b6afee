/** Code tables over HTTP: list, upload, versions; codes without a row, and their repair. */
package org.tongmai.console.server.terminology;
