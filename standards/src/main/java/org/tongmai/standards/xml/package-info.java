/** XML of whoever sent it. */
package org.tongmai.standards.xml;
