/** Runs the files of a bundle with the Camel CLI: found by Camel where this jar is on the class path. */
package org.tongmai.console.camelcli;
