"""The local web application: a page on which a person sees a reading and puts it right by keyboard."""
