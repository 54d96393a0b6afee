/** What is joined to what, in which order it starts, and in which order it stops. */
package org.tongmai.console.app.start;
