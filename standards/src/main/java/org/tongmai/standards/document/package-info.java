/**
 * The shared documents of electronic medical records 电子病历共享文档 (WS/T 500) as tables: which documents there are,
 * which sections and data elements they hold, and where each stands in CDA R2.
 */
package org.tongmai.standards.document;
